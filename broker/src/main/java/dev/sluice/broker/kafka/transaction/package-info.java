/**
 * The APIs of transactions: what producers ask the transaction coordinator, and what people ask of
 * it. Translates, authorises, and calls errors what each version of a client knows.
 */
@NullMarked
package dev.sluice.broker.kafka.transaction;

import org.jspecify.annotations.NullMarked;
