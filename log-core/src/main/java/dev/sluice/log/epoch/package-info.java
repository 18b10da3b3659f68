/**
 * Which leader wrote which part of the log: the start offset of each leader epoch, by which a
 * follower finds where its log departs from its leader's (KIP-101, KIP-279).
 */
@NullMarked
package dev.sluice.log.epoch;

import org.jspecify.annotations.NullMarked;
