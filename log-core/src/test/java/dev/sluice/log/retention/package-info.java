@NullMarked
package dev.sluice.log.retention;

import org.jspecify.annotations.NullMarked;
