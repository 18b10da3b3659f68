package dev.sluice.gateway.rest;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What tests of the HTTP API share. */
public final class Api {

  private Api() {}

  /** An address of the application under test. */
  public static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + RestAssured.port + path);
  }

  /** Holds a response to be a whole problem document. */
  public static void problem(Response response, int status, String code, @Nullable String path) {
    response
        .then()
        .log()
        .ifValidationFails()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", equalTo(status))
        .body("code", equalTo(code))
        .body("path", path == null ? nullValue() : equalTo(path))
        .body("type", equalTo("urn:sluice:problem:" + code))
        .body("title", notNullValue())
        .body("detail", notNullValue())
        .body("category", notNullValue())
        .body("suggestion", notNullValue());
  }
}
