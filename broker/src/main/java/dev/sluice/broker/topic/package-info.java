/** The catalog of topics: creates, changes and deletes them, in the metadata and on disk. */
@NullMarked
package dev.sluice.broker.topic;

import org.jspecify.annotations.NullMarked;
