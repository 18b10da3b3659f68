package dev.sluice.gateway.connect.work;

import dev.sluice.connector.SourceBatch;
import java.util.List;

/**
 * A source batch on its way into the log.
 *
 * @param batch what the source gave
 * @param outgoing its records and dead letters by partition
 * @param rejected how many of them are dead letters
 */
record Prepared(SourceBatch batch, List<Outgoing> outgoing, int rejected) {}
