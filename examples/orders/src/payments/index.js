// Hears from the payment provider.
exports.handler = async (event) => {
  const payment = JSON.parse(event.body);
  console.log("paid", payment.order);
  return { statusCode: 204 };
};
