package dev.sluice.gateway.rest.deadletter;

import java.util.Locale;

/** Constants as the API writes them. */
final class Words {

  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
