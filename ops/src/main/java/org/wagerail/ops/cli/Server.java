package org.wagerail.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wagerail.ops.home.CannotStart;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A running server, as the commands that only ask it speak to it. */
final class Server {
  static final String URL = "WAGERAIL_URL";
  static final String TOKEN = "WAGERAIL_TOKEN";

  /** No server answers at that address. */
  static final int NOBODY = 3;

  /** The token is not valid, or its person may not do that. */
  static final int NOT_ALLOWED = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final JsonMapper JSON = new JsonMapper();

  /** What a server said. */
  record Answer(int status, JsonNode body) {
    boolean good() {
      return status < 300;
    }

    /** What a list holds. */
    <T> List<T> items(Class<T> type) {
      var items = new ArrayList<T>();
      body.path("items").forEach(item -> items.add(JSON.treeToValue(item, type)));
      return items;
    }

    String text(String member) {
      return body.path(member).asString("");
    }
  }

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final String url;
  private final String token;

  private Server(String url, String token) {
    this.url = url;
    this.token = token;
  }

  /**
   * @throws CannotStart unless the environment has a token
   */
  static Server ofEnvironment(Map<String, String> environment) {
    var token = environment.get(TOKEN);
    if (token == null || token.isBlank()) {
      throw new CannotStart(
          "请将令牌放入环境变量 " + TOKEN + "。", "Put a token into the environment variable " + TOKEN + ".");
    }
    var url = environment.getOrDefault(URL, "http://127.0.0.1:8080");
    return new Server(url.endsWith("/") ? url.substring(0, url.length() - 1) : url, token.strip());
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  Answer post(String path, Map<String, String> headers, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    var request = request(path).POST(body);
    headers.forEach(request::header);
    return send(request);
  }

  private HttpRequest.Builder request(String path) {
    try {
      return HttpRequest.newBuilder(URI.create(url + path))
          .header("Authorization", "Bearer " + token);
    } catch (IllegalArgumentException e) {
      throw new CannotStart(
          URL + " 不是网址，或 " + TOKEN + " 不是令牌。", URL + " is no URL, or " + TOKEN + " no token.");
    }
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    try {
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (JacksonException notJson) {
      return new Answer(response.statusCode(), JsonNodeFactory.instance.objectNode());
    }
  }

  /** Asks, and tells in one sentence when nobody answers. */
  int ask(PrintWriter err, Asking asking) throws InterruptedException {
    try {
      return asking.ask();
    } catch (IOException e) {
      err.println("无法连接服务器 " + url + "：" + Terminal.why(e, true));
      err.println("No server can be reached at " + url + ": " + Terminal.why(e, false));
      return NOBODY;
    }
  }

  /** A conversation; its result is the exit code. */
  interface Asking {
    int ask() throws IOException, InterruptedException;
  }

  /** Tells a refusal and gives its exit code. */
  static int refused(PrintWriter err, Answer answer) {
    err.println(
        answer.status()
            + " "
            + answer.text("code")
            + " "
            + answer.text("detail")
            + (answer.body().has("pointer") ? " (" + answer.text("pointer") + ")" : ""));
    return answer.status() == 401 || answer.status() == 403 ? NOT_ALLOWED : Terminal.NO;
  }
}
