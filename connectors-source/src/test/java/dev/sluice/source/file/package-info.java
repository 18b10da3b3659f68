@NullMarked
package dev.sluice.source.file;

import org.jspecify.annotations.NullMarked;
