"""Files: paths, archives, temporary files, compressed data."""

from __future__ import annotations

import bz2
import gzip
import lzma
import mmap
import os
import pathlib
import shelve
import shutil
import tarfile
import tempfile
import zipfile
import zlib


def missing_file(v):
    # -> [Errno <?>] No such file or directory: <?>
    return open(v.path)


def missing_file_in_the_home(v):
    # -> [Errno <?>] No such file or directory: <?>
    return (v.home / v.word).read_text()


def directory_read_as_a_file(v):
    # -> [Errno <?>] Is a directory: <?>
    return v.home.read_text()


def directory_made_twice(v):
    # -> [Errno <?>] File exists: <?>
    v.home.mkdir()


def file_taken_for_a_directory(v):
    # -> [Errno <?>] Not a directory: <?>
    (v.home / "notes").write_text(v.sentence)
    return os.listdir(v.home / "notes")


def directory_that_is_not_empty(v):
    # -> [Errno <?>] Directory not empty: <?>
    (v.home / v.word).write_text("")
    v.home.rmdir()


def file_written_for_reading_alone(v):
    # -> not writable
    path = v.home / v.word
    path.write_text("")
    with path.open() as file:
        file.write(v.sentence)


def file_that_is_closed(v):
    # -> I/O operation on closed file.
    with (v.home / v.word).open("w") as file:
        pass
    file.write(v.sentence)


def file_opened_in_no_mode(v):
    # -> invalid mode: <?>
    return open(v.path, v.word)


def file_opened_twice_over(v):
    # -> binary mode doesn't take an encoding argument
    return open(v.path, "rb", encoding=v.word)


def file_in_an_unknown_encoding(v):
    # -> unknown encoding: <?>
    return (v.home / v.word).open("w", encoding=v.key)


def path_outside_of_the_home(v):
    # -> <?> is not in the subpath of <?> OR one path is relative and the other is absolute.
    # -> <?> is not in the subpath of <?>
    return pathlib.PurePosixPath(v.path).relative_to("/usr/lib")


def path_with_no_name(v):
    # -> <?> has an empty name
    return pathlib.PurePosixPath("/").with_name(v.word)


def path_with_a_bad_suffix(v):
    # -> Invalid suffix <?>
    return pathlib.PurePosixPath(v.path).with_suffix(v.word)


def path_with_a_null_byte(v):
    # -> embedded null byte
    return open(f"{v.path}\0")


def absolute_pattern(v):
    # -> Non-relative patterns are unsupported
    return list(v.home.glob(v.path))


def relative_path_as_uri(v):
    # -> relative path can't be expressed as a file URI
    return pathlib.PurePosixPath(v.word).as_uri()


def link_that_is_none(v):
    # -> [Errno <?>] Invalid argument: <?>
    (v.home / v.word).write_text("")
    return os.readlink(v.home / v.word)


def renaming_what_is_not_there(v):
    # -> [Errno <?>] No such file or directory: <?> -> <?>
    os.rename(v.home / v.word, v.home / v.key)


def copying_a_file_onto_itself(v):
    # -> <?> and <?> are the same file
    path = v.home / v.word
    path.write_text(v.sentence)
    shutil.copyfile(path, path)


def copying_a_missing_tree(v):
    # -> [Errno <?>] No such file or directory: <?>
    shutil.copytree(v.home / v.word, v.home / v.key)


def moving_a_directory_into_itself(v):
    # -> Cannot move a directory <?> into itself <?>.
    (v.home / v.word).mkdir()
    shutil.move(v.home / v.word, v.home / v.word / "sub")


def archive_of_an_unknown_format(v):
    # -> unknown archive format <?>
    shutil.make_archive(v.home / v.word, v.key, v.home)


def unpacking_an_unknown_format(v):
    # -> Unknown archive format <?>
    shutil.unpack_archive(v.home / v.word)


def removing_a_missing_tree(v):
    # -> [Errno <?>] No such file or directory: <?>
    shutil.rmtree(v.home / v.word)


def owner_nobody_knows(v):
    # -> no such user: <?>
    shutil.chown(v.home, user=v.word)


def zip_that_is_none(v):
    # -> File is not a zip file
    path = v.home / v.word
    path.write_text(v.sentence)
    return zipfile.ZipFile(path)


def zip_member_that_is_missing(v):
    # -> "There is no item named <?> in the archive"
    with zipfile.ZipFile(v.home / v.word, "w") as archive:
        return archive.open(v.path)


def zip_in_no_mode(v):
    # -> ZipFile requires mode 'r', 'w', 'x', or 'a'
    return zipfile.ZipFile(v.home / v.word, v.key)


def zip_that_is_closed(v):
    # -> Attempt to write to ZIP archive that was already closed
    archive = zipfile.ZipFile(v.home / v.word, "w")
    archive.close()
    archive.writestr(v.word, v.sentence)


def zip_with_a_password_of_text(v):
    # -> pwd: expected bytes, got str
    with zipfile.ZipFile(v.home / v.word, "w") as archive:
        archive.setpassword(v.secret)


def tar_that_is_none(v):
    # -> file could not be opened successfully:\n- method <?>: <?>\n- method <?>: <?>\n- method <?>: <?>\n- method <?>: <?>
    path = v.home / v.word
    path.write_text(v.sentence)
    return tarfile.open(path)


def tar_member_that_is_missing(v):
    # -> "filename <?> not found"
    with tarfile.open(v.home / v.word, "w") as archive:
        return archive.getmember(v.path)


def tar_in_an_unknown_mode(v):
    # -> unknown compression type <?>
    return tarfile.open(v.home / v.word, f"r:{v.key}")


def tar_of_a_missing_file(v):
    # -> [Errno <?>] No such file or directory: <?>
    with tarfile.open(v.home / v.word, "w") as archive:
        archive.add(v.home / v.key)


def gzip_that_is_none(v):
    # -> Not a gzipped file (<?>)
    return gzip.decompress(v.sentence.encode())


def gzip_that_ends_early(v):
    # -> Compressed file ended before the end-of-stream marker was reached
    return gzip.decompress(gzip.compress(v.sentence.encode())[:-9])


def gzip_in_no_mode(v):
    # -> invalid mode: <?>
    return gzip.open(v.home / v.word, v.key)


def bzip_that_is_none(v):
    # -> Invalid data stream
    return bz2.decompress(v.sentence.encode())


def lzma_that_is_none(v):
    # -> Input format not supported by decoder
    return lzma.decompress(v.sentence.encode())


def zlib_that_is_none(v):
    # -> Error -<?> while decompressing data: incorrect header check
    return zlib.decompress(v.sentence.encode())


def temporary_directory_below_nothing(v):
    # -> [Errno <?>] No such file or directory: <?>
    return tempfile.TemporaryDirectory(dir=v.home / v.word).name[:0] + open(v.path).read()


def map_of_an_empty_file(v):
    # -> cannot mmap an empty file
    path = v.home / v.word
    path.write_text("")
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def shelf_without_a_book(v):
    # -> <?>
    with shelve.open(str(v.home / v.word)) as shelf:
        return shelf[v.key]


def shelf_in_no_mode(v):
    # -> db file doesn't exist; use 'c' or 'n' flag to create a new db
    return shelve.open(str(v.home / v.word), flag=v.key)
