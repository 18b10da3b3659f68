@NullMarked
package dev.sluice.log.flush;

import org.jspecify.annotations.NullMarked;
