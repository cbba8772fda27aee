package dev.paygateway.edge;

import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Bounds what Tomcat takes in, and takes the word from it where it would answer by itself. */
final class TomcatBounds implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    /** Headers and cookies in one request. */
    private static final int HEADERS_COUNT_MAX = 50;

    private static final int PARAMETERS_COUNT_MAX = 50;

    /** Of one connection; the mesh opens another one for more. */
    private static final int STREAMS_MAX = 256;

    /**
     * What a request that is given up on adds to Tomcat's count of useless frames; each request
     * takes 20 off. With Tomcat's 50, a brown-out in which every second try is too late looks like
     * an attack, and ends the connection with all that is under way on it.
     */
    private static final int RESET_COST = 20;

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
            for (var upgrade : connector.findUpgradeProtocols()) {
                if (upgrade instanceof Http2Protocol http2) {
                    bound(http2, wait, http.getKeepAliveTimeout());
                }
            }
        }
    }

    private static void bound(Http2Protocol http2, int wait, int idle) {
        http2.setMaxConcurrentStreams(STREAMS_MAX);
        http2.setMaxConcurrentStreamExecution(STREAMS_MAX); // virtual threads: no reason to queue
        http2.setStreamReadTimeout(wait);
        http2.setKeepAliveTimeout(idle);
        http2.setOverheadResetFactor(RESET_COST);
    }

    private void replaceErrorPages(Context context) {
        if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemValve.class.getName());
            host.getPipeline().addValve(new ProblemValve(envelope));
        }
    }
}
