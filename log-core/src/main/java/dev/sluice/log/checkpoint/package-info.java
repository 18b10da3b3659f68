/**
 * Small files that are replaced as a whole: old or new after a crash, never a mixture. Holds the
 * partition's checkpoint: where its log starts and from where recovery has to look.
 */
@NullMarked
package dev.sluice.log.checkpoint;

import org.jspecify.annotations.NullMarked;
