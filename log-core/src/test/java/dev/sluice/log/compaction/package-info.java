@NullMarked
package dev.sluice.log.compaction;

import org.jspecify.annotations.NullMarked;
