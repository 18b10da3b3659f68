package dev.sluice.log.partition;

import dev.sluice.log.LogMetrics;
import dev.sluice.log.flush.FlushService;
import dev.sluice.log.io.Storage;
import java.time.Clock;

/** What the partitions of a process share. */
public record LogServices(Storage storage, FlushService flusher, Clock clock, LogMetrics metrics) {}
