@NullMarked
package dev.sluice.log.epoch;

import org.jspecify.annotations.NullMarked;
