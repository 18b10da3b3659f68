package dev.sluice.gateway.config;

/**
 * An expression in one of Camel's languages, evaluated against a record.
 *
 * @param language which one
 * @param text the expression
 */
public record Expression(Language language, String text) {

  /** The expression languages that are offered. */
  public enum Language {
    SIMPLE,
    JQ,
    JSONPATH;

    /** The name in configuration and in Camel. */
    public String camelName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
