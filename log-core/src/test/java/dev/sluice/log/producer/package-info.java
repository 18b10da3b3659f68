@NullMarked
package dev.sluice.log.producer;

import org.jspecify.annotations.NullMarked;
