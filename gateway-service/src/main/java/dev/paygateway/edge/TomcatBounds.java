package dev.paygateway.edge;

import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Bounds what Tomcat takes in, and takes the word from it where it would answer by itself. */
final class TomcatBounds implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    /** Headers and cookies in one request. */
    private static final int HEADERS_COUNT_MAX = 50;

    private static final int PARAMETERS_COUNT_MAX = 50;

    private final EdgeSettings settings;
    private final Envelope envelope;

    TomcatBounds(EdgeSettings settings, Envelope envelope) {
        this.settings = settings;
        this.envelope = envelope;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(this::bound);
        factory.addContextCustomizers(this::replaceErrorPages);
    }

    private void bound(Connector connector) {
        connector.setAllowTrace(false);
        connector.setXpoweredBy(false);
        connector.setMaxParameterCount(PARAMETERS_COUNT_MAX);
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            var wait = Math.toIntExact(settings.bodyWait().toMillis());
            http.setConnectionTimeout(wait);
            http.setDisableUploadTimeout(false);
            http.setConnectionUploadTimeout(wait);
            http.setMaxHttpRequestHeaderSize(Math.toIntExact(settings.headersMax().toBytes()));
            http.setMaxHeaderCount(HEADERS_COUNT_MAX);
            http.setServerRemoveAppProvidedValues(true);
        }
    }

    private void replaceErrorPages(Context context) {
        if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemValve.class.getName());
            host.getPipeline().addValve(new ProblemValve(envelope));
        }
    }
}
