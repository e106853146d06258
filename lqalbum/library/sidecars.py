"""XMP sidecars: what is thought of a photo, in a file beside it that other programs read.

The photo itself is never opened. A sidecar that is there already, of whatever program, is never
touched; a new one appears whole or not at all.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

import lqalbum
from lqalbum.library.newfile import write_new

Label = Literal["rejected", "accepted"]

# A rating of -1 is "rejected" by the XMP specification, for darktable, Lightroom and others.
# digiKam has labels of its own beside the stars; an accepted photo gets no rating, since stars are
# for its owner to give.
_PROPERTIES: Final[Mapping[Label, str]] = MappingProxyType({
    "rejected": 'xmp:Rating="-1" digiKam:PickLabel="1"',
    "accepted": 'digiKam:PickLabel="3"',
})  # fmt: skip
_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="LQ Album {version}">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:digiKam="http://www.digikam.org/ns/1.0/"
    {properties}/>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""

# Of every version of this program.
_BEGINNING: Final = _PACKET.partition("{version}")[0].encode("utf-8")


def sidecar_path(path: str) -> str:
    """Where the sidecar of a photo goes: `NAME.EXT.xmp` in its folder."""
    return f"{path}.xmp"


def packet(label: Label) -> bytes:
    """The whole content of a sidecar."""
    text = _PACKET.format(version=lqalbum.__version__, properties=_PROPERTIES[label])
    return text.encode("utf-8")


class SidecarFolders:
    """Knows which sidecars there are; remembers each folder's names, so use it for one run only."""

    def __init__(self) -> None:
        """Start with no folder looked at."""
        self._names: dict[str, dict[str, str]] = {}

    def existing(self, path: str) -> str | None:
        """The sidecar that a photo has, `NAME.EXT.xmp` or `NAME.xmp` in any case; None without.

        Args:
            path: absolute, of a photo.
        """
        folder, name = os.path.split(path)
        names = self._listed(folder)
        for candidate in (f"{name}.xmp", f"{os.path.splitext(name)[0]}.xmp"):
            found = names.get(candidate.lower())
            if found is not None:
                return os.path.join(folder, found)
        return None

    def _listed(self, folder: str) -> dict[str, str]:
        """The folder's names that end as sidecars do, by their lower case."""
        if folder not in self._names:
            try:
                names = os.listdir(folder)
            except OSError:
                names = []
            found = (name for name in names if name.lower().endswith(".xmp"))
            self._names[folder] = {name.lower(): name for name in found}
        return self._names[folder]


def write_sidecar(path: str, label: Label) -> None:
    """Write the sidecar of a photo that has none.

    It gets its name when it is whole, if that is still free. No link is followed.

    Args:
        path: absolute, of a photo.
        label: what to say of it.

    Raises:
        FileExistsError: there is something of that name; it is left as it is.
        FileNotFoundError: the photo is not there, or not a regular file.
        OSError: it could not be written; nothing is left of it.
    """
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise FileNotFoundError(f"{path} is not a photo's file")
    write_new(sidecar_path(path), packet(label), _BEGINNING)
