/**
 * The {@code file} sink: JSON lines or CSV. A file grows under a name that ends in {@code .part},
 * is rotated by size and age, and gets its final name by one atomic rename when it is complete.
 */
@NullMarked
package dev.sluice.sink.file;

import org.jspecify.annotations.NullMarked;
