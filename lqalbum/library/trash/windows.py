"""What Windows tells of drives and their user, asked of its own libraries."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_DRIVE_FIXED: Final = 3
_TOKEN_QUERY: Final = 0x0008
_TOKEN_USER: Final = 1
_LONGEST_PATH: Final = 32_768

if sys.platform == "win32":
    from ctypes import wintypes

    class WindowsVolumes:
        """Asks ``kernel32`` and ``advapi32``."""

        def __init__(self) -> None:
            """Declare what is called, as handles do not fit into C's ``int``."""
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            security = ctypes.WinDLL("advapi32", use_last_error=True)
            kernel.GetVolumePathNameW.argtypes = [
                wintypes.LPCWSTR, wintypes.LPWSTR, wintypes.DWORD,
            ]  # fmt: skip
            kernel.GetDriveTypeW.argtypes = [wintypes.LPCWSTR]
            kernel.GetCurrentProcess.restype = wintypes.HANDLE
            kernel.CloseHandle.argtypes = [wintypes.HANDLE]
            kernel.LocalFree.argtypes = [wintypes.HLOCAL]
            security.OpenProcessToken.argtypes = [
                wintypes.HANDLE, wintypes.DWORD, wintypes.PHANDLE,
            ]  # fmt: skip
            security.GetTokenInformation.argtypes = [
                wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD, wintypes.PDWORD,
            ]  # fmt: skip
            security.ConvertSidToStringSidW.argtypes = [
                wintypes.LPVOID, ctypes.POINTER(wintypes.LPWSTR),
            ]  # fmt: skip
            self._kernel = kernel
            self._security = security

        def top(self, folder: str) -> str:
            r"""The folder at which a folder's volume begins, such as ``C:\\``."""
            found = ctypes.create_unicode_buffer(_LONGEST_PATH)
            _require(self._kernel.GetVolumePathNameW(folder, found, _LONGEST_PATH), folder)
            return found.value

        def is_fixed(self, top: str) -> bool:
            """Whether a volume lies on a disk of this computer."""
            return bool(self._kernel.GetDriveTypeW(top) == _DRIVE_FIXED)

        def user(self) -> str:
            """The SID of the user that runs this process."""
            token = wintypes.HANDLE()
            process = self._kernel.GetCurrentProcess()
            opened = self._security.OpenProcessToken(process, _TOKEN_QUERY, ctypes.byref(token))
            _require(opened)
            try:
                return self._user_of(token)
            finally:
                self._kernel.CloseHandle(token)

        def _user_of(self, token: wintypes.HANDLE) -> str:
            """Read the token's TOKEN_USER, which begins with the address of the SID."""
            ask = self._security.GetTokenInformation
            size_bytes = wintypes.DWORD()
            ask(token, _TOKEN_USER, None, 0, ctypes.byref(size_bytes))
            told = ctypes.create_string_buffer(size_bytes.value)
            _require(ask(token, _TOKEN_USER, told, size_bytes, ctypes.byref(size_bytes)))
            sid = ctypes.c_void_p.from_buffer(told)
            letters = wintypes.LPWSTR()
            _require(self._security.ConvertSidToStringSidW(sid, ctypes.byref(letters)))
            try:
                return letters.value or ""
            finally:
                self._kernel.LocalFree(ctypes.cast(letters, wintypes.HLOCAL))

    def _require(succeeded: int, path: str | None = None) -> None:
        if not succeeded:
            error = ctypes.WinError(ctypes.get_last_error())
            error.filename = path
            raise error
