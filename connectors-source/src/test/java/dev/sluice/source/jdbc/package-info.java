@NullMarked
package dev.sluice.source.jdbc;

import org.jspecify.annotations.NullMarked;
