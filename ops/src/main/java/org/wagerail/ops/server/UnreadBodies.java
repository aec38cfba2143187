package org.wagerail.ops.server;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.http.HttpHeaders;

/**
 * Does not wait for what is left of a body whose request was answered with the end of the
 * connection: who sends too much, or too slowly, would hold a thread for as long as it likes.
 */
final class UnreadBodies extends ValveBase {
  UnreadBodies() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    getNext().invoke(request, response);
    if ("close".equals(response.getHeader(HttpHeaders.CONNECTION))) {
      request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
  }
}
