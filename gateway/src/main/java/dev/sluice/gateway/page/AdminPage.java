package dev.sluice.gateway.page;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Answers {@code /}, {@code /index.html} and everything below {@code /ui/} with the page of the
 * admin UI, so that links into it and reloads work. Scripts and styles come from this server only;
 * a style that a script adds needs the nonce of this answer (CSP level 3). Without the UI in the
 * build there is no page.
 */
@Singleton
final class AdminPage {

  /** Stands in the built page where the nonce goes. */
  private static final String PLACEHOLDER = "CSP_NONCE";

  private static final String RESOURCE = "META-INF/resources/index.html";
  private static final String PATHS = "/(index\\.html|ui(/.*)?)?";
  private static final int NONCE_BYTES = 16;

  /** Before the static resources, which would answer without a nonce. */
  private static final int ORDER = -1000;

  private final SecureRandom random = new SecureRandom();

  void routes(@Observes Router router) {
    page()
        .ifPresent(
            page ->
                router
                    .routeWithRegex(PATHS)
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .order(ORDER)
                    .handler(context -> answer(context, page)));
  }

  private void answer(RoutingContext context, String page) {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    String nonce = Base64.getEncoder().encodeToString(bytes);
    HttpServerResponse response = context.response();
    response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.putHeader("Content-Security-Policy", policy(nonce));
    var unused = response.end(page.replace(PLACEHOLDER, nonce));
  }

  private static String policy(String nonce) {
    return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"
        + nonce
        + "'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none';"
        + " form-action 'self'; frame-ancestors 'none'";
  }

  private static Optional<String> page() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream page = loader.getResourceAsStream(RESOURCE)) {
      return page == null
          ? Optional.empty()
          : Optional.of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
