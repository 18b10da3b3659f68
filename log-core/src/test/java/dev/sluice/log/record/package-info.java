@NullMarked
package dev.sluice.log.record;

import org.jspecify.annotations.NullMarked;
