@NullMarked
package dev.sluice.log.process;

import org.jspecify.annotations.NullMarked;
