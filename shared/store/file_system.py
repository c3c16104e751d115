"""Whether a file lies on this computer: SQLite's locks and its shared memory do not work over a network."""

from __future__ import annotations

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
"""What is mounted where; only Linux has it."""

_REMOTE = re.compile(
    r"(nfs\d?|cifs|smb\w*|afs|ceph|lustre|ncpfs|beegfs|ocfs2|gfs2?|fuse\.(sshfs|glusterfs|s3fs|rclone|ceph\S*|smb\S*))"
)
_ESCAPED = re.compile(r"\\([0-7]{3})")


def remote_file_system(path: Path, mounts: str) -> str | None:
    """The kind of network file system that `path` lies on; None if it lies on this computer.

    Args:
        path: Absolute, without links.
        mounts: The text of /proc/self/mounts; format: fstab(5).
    """
    kind_at: dict[Path, str] = {}
    for line in mounts.splitlines():
        _, point, kind, *_ = line.split(" ")
        kind_at[Path(_ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), point))] = kind  # the last mount covers others
    kind = next((kind_at[place] for place in (path, *path.parents) if place in kind_at), "")
    return kind if _REMOTE.fullmatch(kind) else None
