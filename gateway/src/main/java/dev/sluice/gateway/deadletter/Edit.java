package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.log.NewRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is changed of a letter before it is sent.
 *
 * @param key another key, or null to keep it
 * @param value another value, or null to keep it
 */
public record Edit(@Nullable Content key, @Nullable Content value) {

  /** Changes nothing. */
  public static final Edit NONE = new Edit(null, null);

  /**
   * A key or value.
   *
   * @param bytes null for none: a tombstone, or a record without a key
   */
  public record Content(byte @Nullable [] bytes) {}

  NewRecord apply(NewRecord original) {
    return new NewRecord(
        original.timestampMillis(),
        key == null ? original.key() : key.bytes(),
        value == null ? original.value() : value.bytes(),
        original.headers());
  }
}
