@NullMarked
package dev.sluice.log.check;

import org.jspecify.annotations.NullMarked;
