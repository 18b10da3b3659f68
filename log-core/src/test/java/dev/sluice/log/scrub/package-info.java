@NullMarked
package dev.sluice.log.scrub;

import org.jspecify.annotations.NullMarked;
