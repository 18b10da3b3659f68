/** Tests of the APIs of transactions, request by request. */
@NullMarked
package dev.sluice.broker.kafka.transaction;

import org.jspecify.annotations.NullMarked;
