package dev.sluice.gateway.config;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;

/**
 * A part of a file that is secret: a whole value, or a password within a text or a comment. Never
 * print one.
 *
 * @param start where it begins in the text, in chars
 * @param end where it ends, exclusive
 * @param place the same for people
 * @param pointer the setting; of an alias, the one that has the anchor; null in a comment
 * @param context in a comment, its whole line with secrets covered; otherwise empty
 * @param ordinal counts the secret parts of one value, or of all comments that read the same
 * @param style how the value is written; null if it is a whole value or in a comment
 * @param value what the whole value is, without quotes and the like
 */
record SecretSpan(
    int start,
    int end,
    Place place,
    @Nullable Pointer pointer,
    String context,
    int ordinal,
    @Nullable ScalarStyle style,
    String value) {

  /** What it is found by in another version of the file. */
  record Identity(@Nullable Pointer pointer, String context, int ordinal, boolean isWhole) {}

  Identity identity() {
    return new Identity(pointer, context, ordinal, isWhole());
  }

  /** Whether it is a value as a whole, to be covered with quotes. */
  boolean isWhole() {
    return pointer != null && style == null;
  }

  String in(String text) {
    return text.substring(start, end);
  }

  /** What stands before it on its line. */
  String before(String text) {
    return text.substring(text.lastIndexOf('\n', start - 1) + 1, start);
  }

  /** What stands in its place for people. */
  String cover() {
    return isWhole() ? '"' + Secrets.COVER + '"' : Secrets.COVER;
  }

  @Override
  public String toString() {
    return "SecretSpan at " + place;
  }
}
