/**
 * Files as sources: a directory of files or one tailed file, of lines, CSV or JSON lines. Followers
 * decide which file is read next; a reader cuts its bytes into records by cutter and parser, and
 * knows the exact byte behind each; positions tell files apart by inode and first bytes, not name.
 */
@NullMarked
package dev.sluice.source.file;

import org.jspecify.annotations.NullMarked;
