/** How many bytes a second users and clients may send and fetch (KIP-13, KIP-55, KIP-546). */
@NullMarked
package dev.sluice.broker.quota;

import org.jspecify.annotations.NullMarked;
