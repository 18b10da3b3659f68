package dev.sluice.log.partition;

import java.util.concurrent.CompletableFuture;

/**
 * An append that waits for the disk.
 *
 * @param result where it goes
 * @param sizeBytes its bytes in the chunk
 * @param future of its caller
 */
record PendingAppend(AppendResult result, int sizeBytes, CompletableFuture<AppendResult> future) {}
