@NullMarked
package dev.sluice.log.checkpoint;

import org.jspecify.annotations.NullMarked;
