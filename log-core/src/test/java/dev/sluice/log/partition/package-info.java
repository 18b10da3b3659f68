@NullMarked
package dev.sluice.log.partition;

import org.jspecify.annotations.NullMarked;
