@NullMarked
package dev.sluice.log.io;

import org.jspecify.annotations.NullMarked;
