"""The library's three databases as SQL; a published migration is never changed, only followed.

Paths are BLOBs of ``os.fsencode``: file names need not be text.
"""

from __future__ import annotations

from typing import Final

from lqalbum.library.database import Schema

_INDEX_1: Final = """
CREATE TABLE change (change_id INTEGER NOT NULL);
INSERT INTO change VALUES (0);
CREATE TABLE root (
    root_id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    online INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE photo (
    photo_id INTEGER PRIMARY KEY,
    root_id INTEGER NOT NULL REFERENCES root,
    path BLOB NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    sha256 TEXT,
    width INTEGER,
    height INTEGER,
    format TEXT,
    taken TEXT,
    camera INTEGER,
    error_code TEXT,
    error_message TEXT,
    missing INTEGER NOT NULL DEFAULT 0,
    decision TEXT NOT NULL DEFAULT 'undecided',
    trash_id INTEGER,
    scorer_key INTEGER,
    change_id INTEGER NOT NULL
);
CREATE UNIQUE INDEX photo_at_path ON photo (path) WHERE trash_id IS NULL;
CREATE INDEX photo_in_trash ON photo (path) WHERE trash_id IS NOT NULL;
CREATE INDEX photo_with_bytes ON photo (sha256);
CREATE INDEX photo_changed ON photo (change_id);
CREATE TABLE scorer (
    scorer_key INTEGER PRIMARY KEY,
    scorer_id TEXT NOT NULL UNIQUE,
    model_id TEXT NOT NULL
);
CREATE TABLE score (
    sha256 TEXT NOT NULL,
    scorer_key INTEGER NOT NULL REFERENCES scorer,
    score REAL NOT NULL,
    percentile REAL NOT NULL,
    percentile_low REAL NOT NULL,
    percentile_high REAL NOT NULL,
    s_kl REAL NOT NULL,
    s_kl_percentile REAL NOT NULL,
    split_level INTEGER NOT NULL,
    high_frequency REAL NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    change_id INTEGER NOT NULL,
    PRIMARY KEY (sha256, scorer_key)
) WITHOUT ROWID;
CREATE TABLE evidence (
    sha256 TEXT NOT NULL,
    scorer_key INTEGER NOT NULL REFERENCES scorer,
    numbers TEXT NOT NULL,
    PRIMARY KEY (sha256, scorer_key)
) WITHOUT ROWID
"""

# Folders of photos, so that a scan can tell an unchanged one by one comparison: `digest` is that
# of the listing at which a scan has nothing to do there, for the scorer of `scorer_key`; NULL
# where its photos have to be compared. `photos` and `errors` count what that listing holds. What
# changes a photo's row drops its folder's digest; a folder goes with the last of its photos.
_INDEX_2: Final = """
CREATE TABLE folder (
    folder_id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE,
    scorer_key INTEGER REFERENCES scorer,
    digest BLOB,
    photos INTEGER,
    errors INTEGER
);
ALTER TABLE photo ADD COLUMN folder_id INTEGER REFERENCES folder;
INSERT OR IGNORE INTO folder (path) SELECT parent_folder(path) FROM photo;
UPDATE photo SET folder_id = (SELECT folder_id FROM folder WHERE path = parent_folder(photo.path));
CREATE INDEX photo_in_folder ON photo (folder_id);
CREATE INDEX score_by_percentile ON score (scorer_key, percentile_high);
CREATE TRIGGER photo_added AFTER INSERT ON photo BEGIN
    UPDATE folder SET digest = NULL WHERE folder_id = NEW.folder_id;
END;
CREATE TRIGGER photo_altered AFTER UPDATE OF root_id, folder_id, path, size_bytes, mtime_ns, sha256,
error_code, missing, trash_id, scorer_key ON photo BEGIN
    UPDATE folder SET digest = NULL WHERE folder_id IN (OLD.folder_id, NEW.folder_id);
END;
CREATE TRIGGER photo_removed AFTER DELETE ON photo BEGIN
    UPDATE folder SET digest = NULL WHERE folder_id = OLD.folder_id;
    DELETE FROM folder WHERE folder_id = OLD.folder_id
        AND NOT EXISTS (SELECT 1 FROM photo WHERE folder_id = OLD.folder_id);
END
"""

_CACHE_1: Final = """
CREATE TABLE thumbnail (sha256 TEXT PRIMARY KEY, jpeg BLOB NOT NULL);
CREATE TABLE reconstruction (
    sha256 TEXT NOT NULL,
    scorer_id TEXT NOT NULL,
    split_level INTEGER NOT NULL,
    jpeg BLOB NOT NULL,
    PRIMARY KEY (sha256, scorer_id, split_level)
);
CREATE TABLE heat_map (
    sha256 TEXT NOT NULL,
    scorer_id TEXT NOT NULL,
    height INTEGER NOT NULL,
    width INTEGER NOT NULL,
    nats BLOB NOT NULL,
    PRIMARY KEY (sha256, scorer_id)
)
"""

# Perceptual hashes, to find photos that look alike.
_CACHE_2: Final = """
CREATE TABLE likeness (sha256 TEXT PRIMARY KEY, hash INTEGER NOT NULL) WITHOUT ROWID
"""

# A step is what one undo takes back. A subject is a photo that was ever decided on, followed
# through renames and the trash; path is NULL once another photo has taken its place. A trash row
# is one trip of a file: planned -> done -> restoring -> restored, or cancelled.
_DECISIONS_1: Final = """
CREATE TABLE step (
    step INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'undone', 'dropped'))
);
CREATE TABLE subject (
    subject_id INTEGER PRIMARY KEY AUTOINCREMENT,
    path BLOB,
    sha256 TEXT,
    decision TEXT NOT NULL CHECK (decision IN ('keep', 'delete', 'undecided')),
    trash_id INTEGER
);
CREATE INDEX subject_at_path ON subject (path);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    step INTEGER NOT NULL REFERENCES step,
    subject_id INTEGER NOT NULL REFERENCES subject,
    time TEXT NOT NULL,
    path BLOB NOT NULL,
    decision TEXT NOT NULL,
    previous TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'undone', 'cancelled')),
    sha256 TEXT,
    percentile REAL,
    model_id TEXT,
    reason TEXT
);
CREATE INDEX entry_of_step ON entry (step);
CREATE TABLE trash (
    trash_id INTEGER PRIMARY KEY AUTOINCREMENT,
    subject_id INTEGER NOT NULL REFERENCES subject,
    phase TEXT NOT NULL
        CHECK (phase IN ('planned', 'done', 'restoring', 'restored', 'cancelled')),
    original BLOB NOT NULL,
    target BLOB NOT NULL,
    record BLOB NOT NULL,
    deleted_at TEXT NOT NULL,
    restored BLOB,
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    mode INTEGER NOT NULL,
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    entry_id INTEGER NOT NULL REFERENCES entry,
    entry_state TEXT NOT NULL,
    decision TEXT NOT NULL
);
CREATE INDEX trash_phase ON trash (phase);
CREATE INDEX trash_of_subject ON trash (subject_id)
"""

# Files that go with a photo have trips of their own, which name the photo's.
_DECISIONS_2: Final = """
ALTER TABLE trash ADD COLUMN leader_id INTEGER REFERENCES trash;
CREATE INDEX trash_of_leader ON trash (leader_id);
CREATE INDEX trash_from ON trash (original)
"""

# A subject's bytes are those of its last decision that was put into effect: by them it is found
# again when other programs swap or renumber files.
_DECISIONS_3: Final = """
UPDATE subject SET sha256 = coalesce((
    SELECT sha256 FROM entry WHERE entry.subject_id = subject.subject_id AND state = 'active'
    ORDER BY id DESC LIMIT 1), sha256) WHERE trash_id IS NULL;
CREATE INDEX subject_with_bytes ON subject (sha256);
CREATE TRIGGER entry_put_into_effect AFTER UPDATE OF state ON entry
WHEN NEW.state = 'active' AND NEW.sha256 IS NOT NULL BEGIN
    UPDATE subject SET sha256 = NEW.sha256 WHERE subject_id = NEW.subject_id;
END
"""

INDEX: Final = Schema(
    "index", 0x4C514149, (_INDEX_1, _INDEX_2), precious=True,
    content="photo", progress="SELECT change_id FROM change", backups=2,
)  # fmt: skip
CACHE: Final = Schema("cache", 0x4C514143, (_CACHE_1, _CACHE_2))
DECISIONS: Final = Schema(
    "decisions", 0x4C514144, (_DECISIONS_1, _DECISIONS_2, _DECISIONS_3), "FULL",
    precious=True, thorough=True, content="entry",
    # All numbers ever given: of steps, photos, decisions and moves.
    progress="SELECT coalesce(sum(seq), 0) FROM sqlite_sequence", backups=7,
)  # fmt: skip
