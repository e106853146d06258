"""Training and calibration never share a source picture."""

from pathlib import Path

from lqalbum.jobs.pictures import sources, split


def _folder_with_crops(tmp_path: Path) -> tuple[str, list[str]]:
    """40 files, four crops of each of ten sources, and a manifest beside the folder."""
    names = [f"crop{number:02}.jpg" for number in range(40)]
    lines = ["file\tsource repository\tsource file"]
    lines += [f"good/{name}\tplace\tscene{number // 4}.png" for number, name in enumerate(names)]
    (tmp_path / "MANIFEST.tsv").write_text("\n".join(lines), encoding="utf-8")
    folder = tmp_path / "good"
    folder.mkdir()
    return str(folder), [str(folder / name) for name in names]


def test_crops_of_one_source_stay_together(tmp_path: Path):
    folder, paths = _folder_with_crops(tmp_path)
    origin = dict(zip(paths, sources(folder, paths), strict=True))
    assert len(set(origin.values())) == 10
    kept, apart = split(folder, paths, 10, seed=3)
    assert sorted(kept + apart) == paths
    assert len(apart) == 12  # the first whole number of sources that holds ten files
    assert not {origin[path] for path in kept} & {origin[path] for path in apart}


def test_the_split_depends_on_names_and_seed_alone(tmp_path: Path):
    folder, paths = _folder_with_crops(tmp_path)
    first = split(folder, paths, 10, seed=0)
    again = split(folder, paths[::-1], 10, seed=0)
    assert (set(first[0]), set(first[1])) == (set(again[0]), set(again[1]))
    assert any(split(folder, paths, 10, seed=seed) != first for seed in range(1, 6))


def test_without_a_manifest_every_file_is_its_own_source(tmp_path: Path):
    paths = [str(tmp_path / f"{number}.jpg") for number in range(25)]
    kept, apart = split(str(tmp_path), paths, 5, seed=0)
    assert (len(kept), len(apart)) == (20, 5)
