/** Files as sources: directories and tailed files of lines, CSV or JSON lines. */
@NullMarked
package dev.sluice.source.file;

import org.jspecify.annotations.NullMarked;
