package dev.sluice.gateway.rest;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An error to answer with a problem document. Its texts go to callers: no secrets in them. */
public final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Who can mend it. */
  public enum Category {
    USER,
    CONFIGURATION,
    DATA,
    EXTERNAL,
    RESOURCE,
    INTERNAL;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final int status;
  private final String code;
  private final Category category;
  private final String detail;
  private final @Nullable String path;
  private final @Nullable String suggestion;
  private final transient List<Mistake> mistakes;

  /**
   * An error.
   *
   * @param status the HTTP status code
   * @param code a stable name, lower case with hyphens
   * @param detail what is wrong, one sentence
   * @param path the parameter or JSON pointer at fault, or null
   * @param suggestion what to do, or null
   */
  public ApiException(
      int status,
      String code,
      Category category,
      String detail,
      @Nullable String path,
      @Nullable String suggestion) {
    this(status, code, category, detail, path, suggestion, List.of());
  }

  /**
   * An error of several mistakes.
   *
   * @param mistakes all of them, with JSON pointers as places
   */
  public ApiException(
      int status,
      String code,
      Category category,
      String detail,
      @Nullable String path,
      @Nullable String suggestion,
      List<Mistake> mistakes) {
    super(detail);
    this.mistakes = List.copyOf(mistakes);
    this.status = status;
    this.code = code;
    this.category = category;
    this.detail = detail;
    this.path = path;
    this.suggestion = suggestion;
  }

  /** The request is wrong at this place. */
  public static ApiException invalid(String path, String detail, String suggestion) {
    return new ApiException(400, "invalid-request", Category.USER, detail, path, suggestion);
  }

  /** There is no such thing. */
  public static ApiException unknown(String what, String detail, String suggestion) {
    return new ApiException(404, "unknown-" + what, Category.USER, detail, what, suggestion);
  }

  /** The request does not fit the present state. */
  public static ApiException conflict(String code, String detail, String suggestion) {
    return new ApiException(409, code, Category.USER, detail, null, suggestion);
  }

  /** The request or a part of it is too large. */
  public static ApiException tooLarge(String detail, String suggestion) {
    return new ApiException(413, "too-large", Category.USER, detail, null, suggestion);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public Category category() {
    return category;
  }

  public String detail() {
    return detail;
  }

  public @Nullable String path() {
    return path;
  }

  public @Nullable String suggestion() {
    return suggestion;
  }

  /** All mistakes, if several can be told apart. */
  public List<Mistake> mistakes() {
    return mistakes;
  }
}
