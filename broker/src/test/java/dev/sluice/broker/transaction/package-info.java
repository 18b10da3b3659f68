/** Tests of the transaction coordinator: its rules, and its life over storage that crashes. */
@NullMarked
package dev.sluice.broker.transaction;

import org.jspecify.annotations.NullMarked;
