/// Takes webhooks of WhatsApp in, and works them off behind the answer.
package typealias WhatsAppIntake = WebhookIntake<WhatsAppScribe>
