@NullMarked
package dev.sluice.source.simulator;

import org.jspecify.annotations.NullMarked;
