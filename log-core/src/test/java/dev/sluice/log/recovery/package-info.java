@NullMarked
package dev.sluice.log.recovery;

import org.jspecify.annotations.NullMarked;
