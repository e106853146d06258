"""Photos on disk: finding and decoding them, the library's databases, decisions and the trash."""
