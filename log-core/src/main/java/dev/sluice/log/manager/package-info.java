/**
 * All partitions of one data directory: the lock that keeps other processes out, opening in
 * parallel, creation and deletion, periodic retention, a clean close.
 */
@NullMarked
package dev.sluice.log.manager;

import org.jspecify.annotations.NullMarked;
