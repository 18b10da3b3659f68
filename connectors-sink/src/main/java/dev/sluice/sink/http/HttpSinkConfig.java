package dev.sluice.sink.http;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.Options;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options, typed.
 *
 * @param headers every header of a request, those for authentication included; secret
 * @param batchSize the most records in one request; empty for a request for each record
 * @param parallel the most partitions that are sent at the same time
 * @param maxRetryAfter the longest wait that an answer can impose within a put
 * @param secrets texts that no message may show
 */
record HttpSinkConfig(
    URI url,
    String method,
    Map<String, String> headers,
    Optional<Integer> batchSize,
    int parallel,
    Duration timeout,
    Duration maxRetryAfter,
    List<String> secrets) {

  static HttpSinkConfig of(Options options) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", options.string("content-type"));
    List<String> secrets = new ArrayList<>();
    options
        .map("headers")
        .forEach(
            (name, value) -> {
              headers.put(name, String.valueOf(value));
              secrets.add(String.valueOf(value));
            });
    authorization(options, secrets).ifPresent(value -> headers.put("Authorization", value));
    return new HttpSinkConfig(
        url(options.string("url")),
        options.string("method"),
        Map.copyOf(headers),
        options.bool("batch") ? Optional.of(options.integer("batch-size")) : Optional.empty(),
        options.integer("parallel"),
        options.duration("timeout"),
        options.duration("max-retry-after"),
        List.copyOf(secrets));
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && url.getUserInfo() == null) {
        return url;
      }
    } catch (IllegalArgumentException malformed) {
      // Not passed on as a cause: its text shows the whole URL.
    }
    throw ConnectorException.configuration(
        "http-url-malformed",
        "The option 'url' is no URL with a host and without a user.",
        "Write it like 'https://example.org/path'; give 'user' and 'password' as options.");
  }

  private static Optional<String> authorization(Options options, List<String> secrets) {
    Optional<String> token = options.optionalString("token");
    Optional<String> user = options.optionalString("user");
    if (token.isPresent() && user.isPresent()) {
      throw ConnectorException.configuration(
          "option-conflict",
          "'token' and 'user' exclude each other.",
          "Keep 'token' for bearer authentication, or 'user' and 'password' for basic.");
    }
    if (token.isPresent()) {
      secrets.add(token.get());
      return Optional.of("Bearer " + token.get());
    }
    if (user.isEmpty()) {
      return Optional.empty();
    }
    String password = options.string("password", "");
    secrets.add(password);
    String pair = user.get() + ":" + password;
    return Optional.of(
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  /** Checks what the schema can't say. */
  void checkTogether() {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      try {
        HttpRequest.newBuilder(url).setHeader(header.getKey(), header.getValue()).build();
      } catch (IllegalArgumentException refused) {
        // Not passed on as a cause: its text may show the value.
        throw ConnectorException.configuration(
            "http-header-refused",
            "The header '" + header.getKey() + "' can't be set, or its value is malformed.",
            "Remove it from 'headers', or correct it.");
      }
    }
  }

  /** The URL without its query, which may hold a secret. */
  String shownUrl() {
    return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
  }

  /** The text without secrets. */
  String redact(String text) {
    String redacted = url.getRawQuery() == null ? text : text.replace(url.getRawQuery(), "****");
    for (String secret : secrets) {
      redacted = secret.isEmpty() ? redacted : redacted.replace(secret, "****");
    }
    return redacted;
  }

  /** The URL; nothing secret. */
  @Override
  public String toString() {
    return shownUrl();
  }
}
