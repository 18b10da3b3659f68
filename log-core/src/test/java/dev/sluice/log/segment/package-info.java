@NullMarked
package dev.sluice.log.segment;

import org.jspecify.annotations.NullMarked;
