"""Expected trouble: every error here is one sentence that names the file and the next step.

Anything else that is raised is a bug and is shown with its traceback.
"""


class LQAlbumError(Exception):
    """Trouble that a person can do something about; its text is shown as it is."""

    exit_code = 1


class UsageError(LQAlbumError):
    """The command was not understood, or names something that does not exist."""

    exit_code = 2


class PhotoError(LQAlbumError):
    """One photo that cannot be read; recorded in its row, never the end of a run.

    All three values go to `args`, so the error survives the way back from a worker process.
    """

    def __init__(self, code: str, message: str, path: str) -> None:
        """Keep the stable `code`, the sentence for a person and the photo's absolute path."""
        super().__init__(code, message, path)
        self.code = code
        self.message = message
        self.path = path

    def __str__(self) -> str:
        """Return the sentence alone."""
        return self.message


class LibraryError(LQAlbumError):
    """The library's databases cannot be used as they are."""


class NewerLibraryError(LibraryError):
    """The library was written by a newer version of the program."""


class LibraryBusyError(LibraryError):
    """Another process is writing to the library."""


class ModelError(LQAlbumError):
    """A model file is missing, foreign or damaged."""


class DecisionRefusedError(LQAlbumError):
    """A decision was not carried out, so that no photo is lost."""


class Interrupted(LQAlbumError):
    """The person stopped the run; what was done until then is saved."""

    exit_code = 130
